"""eCabinet: sessions of a cabinet or People's Committee, on tablets, with a record that can be recounted."""

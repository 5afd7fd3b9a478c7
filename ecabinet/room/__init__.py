"""What is live: one Room per called meeting, its tablets, and the wire they speak."""

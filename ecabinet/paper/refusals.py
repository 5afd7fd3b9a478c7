"""What the paper floor refuses, and the sentence for each reason: what is wrong and what to do next."""

from ecabinet.rules.text import Text


class PaperRefused(Exception):
    """A file that cannot be taken. `reason` is a key of SENTENCES, `params` fill its words; nothing was stored."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason, params)
        self.reason = reason
        self.params = params

    def __str__(self) -> str:
        return f"{self.reason}: {self.text.en}"

    @property
    def text(self) -> Text:
        words = SENTENCES[self.reason]
        return Text(words.vi.format_map(_said(self.params, "vi")), words.en.format_map(_said(self.params, "en")))


def _said(params: dict[str, object], language: str) -> dict[str, object]:
    """Whole numbers as a reader of the language writes them: 1.242 or 1,242."""
    return {name: whole(value, language) if type(value) is int else value for name, value in params.items()}


def whole(number: int, language: str) -> str:
    grouped = f"{number:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


SENTENCES: dict[str, Text] = {
    # -- any file: the limits of the workers
    "needs_too_much_memory": Text(
        "Xử lý tệp này cần hơn {megabytes} MB bộ nhớ. Hãy xuất lại tệp từ phần mềm gốc hoặc chia thành các tệp nhỏ hơn.",
        "This file needs more than {megabytes} MB of memory. Export it afresh from its original program, or split it.",
    ),
    "takes_too_long": Text(
        "Xử lý tệp này mất hơn {seconds} giây nên đã dừng. Hãy xuất lại tệp từ phần mềm gốc hoặc chia thành các tệp nhỏ hơn.",
        "Reading this file was stopped after {seconds} seconds. Export it afresh from its original program, or split it.",
    ),
    "reader_died": Text(
        "Tệp này làm chương trình đọc dừng đột ngột nên không được nhận. Hãy xuất lại tệp từ phần mềm gốc rồi tải lên lại.",
        "This file stopped the program that reads it, and was not taken. Export it afresh from its original program and upload it again.",
    ),
    "server_stopping": Text(
        "Máy chủ đang khởi động lại nên chưa nhận tệp. Hãy tải lên lại sau một phút.",
        "The server is restarting and did not take the file. Upload it again in a minute.",
    ),
    "empty_file": Text(
        "Tệp rỗng (0 byte). Hãy kiểm tra tệp trên máy của bạn rồi tải lên lại.",
        "The file is empty (0 bytes). Check it on your computer and upload it again.",
    ),
    "file_too_large": Text(
        "Tệp lớn {size_mb} MB, vượt giới hạn {limit_mb} MB. Hãy giảm dung lượng hoặc chia thành nhiều tệp.",
        "The file has {size_mb} MB, more than the limit of {limit_mb} MB. Make it smaller or split it into several files.",
    ),
    # -- papers: PDF
    "not_a_pdf": Text(
        "Tệp này không phải PDF. Hãy mở bằng phần mềm gốc, chọn Lưu thành PDF rồi tải tệp PDF lên.",
        "This file is not a PDF. Open it in its own program, save it as PDF and upload that.",
    ),
    "word_not_pdf": Text(
        "Đây là tệp Word, Excel hoặc PowerPoint, không phải PDF. Hãy mở tệp, chọn Lưu thành PDF rồi tải tệp PDF lên.",
        "This is a Word, Excel or PowerPoint file, not a PDF. Open it, choose Save as PDF, and upload the PDF.",
    ),
    "zip_not_pdf": Text(
        "Đây là tệp nén, không phải PDF. Hãy giải nén rồi tải lên từng tệp PDF.",
        "This is a compressed archive, not a PDF. Unpack it and upload the PDFs in it one by one.",
    ),
    "image_not_pdf": Text(
        "Đây là tệp ảnh, không phải PDF. Hãy in hoặc quét ảnh thành PDF rồi tải lên.",
        "This is a picture, not a PDF. Print or scan it to PDF and upload that.",
    ),
    "web_page_not_pdf": Text(
        "Đây là trang web (HTML) hoặc hình SVG, không phải PDF. Hãy mở tệp, chọn In, rồi In ra PDF.",
        "This is a web page (HTML) or an SVG drawing, not a PDF. Open it, choose Print, and print to PDF.",
    ),
    "pdf_with_something_behind": Text(
        "Sau phần PDF, tệp còn chứa một tệp khác (nén hoặc trang web). Hãy in lại thành PDF rồi tải lên.",
        "Behind the PDF this file hides another one (an archive or a web page). Print it to PDF again and upload that.",
    ),
    "pdf_needs_password": Text(
        "PDF này có mật khẩu nên đại biểu không mở được. Hãy lưu lại không đặt mật khẩu rồi tải lên.",
        "This PDF needs a password, so the members could not open it. Save it without a password and upload it again.",
    ),
    "pdf_broken": Text(
        "PDF bị hỏng hoặc tải về chưa đủ, không đọc được. Hãy xuất lại PDF từ phần mềm gốc rồi tải lên.",
        "The PDF is damaged or cut short and cannot be read. Export it afresh from its original program and upload it again.",
    ),
    "pdf_without_pages": Text(
        "PDF không có trang nào. Hãy xuất lại PDF từ phần mềm gốc rồi tải lên.",
        "The PDF has no pages. Export it afresh from its original program and upload it again.",
    ),
    "pdf_too_many_pages": Text(
        "PDF có {pages} trang, vượt giới hạn {limit} trang. Hãy chia thành nhiều tài liệu.",
        "The PDF has {pages} pages, more than the limit of {limit}. Split it into several papers.",
    ),
    "pdf_starts_programs": Text(
        "PDF này tìm cách mở chương trình khác trên máy người đọc (lệnh Launch). Hãy in lại thành PDF rồi tải lên.",
        "This PDF tries to start other programs on the reader's computer (a Launch action). Print it to PDF again and upload that.",
    ),
    "pdf_runs_script": Text(
        "PDF này tự chạy mã JavaScript khi mở. Hãy in lại thành PDF rồi tải lên.",
        "This PDF runs JavaScript by itself when it is opened. Print it to PDF again and upload that.",
    ),
    "state_secret": Text(
        "Trang đầu đóng dấu độ mật «{marking}». Hệ thống nối mạng này không được lưu tài liệu bí mật nhà nước: "
        "hãy phát bản giấy theo quy định bảo vệ bí mật nhà nước. Nếu đóng dấu nhầm hoặc đã giải mật, hãy tải lên bản không còn dấu.",
        "The first page is marked “{marking}” (state secret). This networked system may not hold state secrets: hand it out on paper, "
        "as the law on state secrets says. If the stamp is a mistake or was lifted, upload the copy without it.",
    ),
    # -- tables: CSV and XLSX
    "not_a_table": Text(
        "Tệp này không phải bảng CSV hay Excel (.xlsx, .xls). Hãy mở bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi tải lên.",
        "This file is not a CSV or Excel table (.xlsx, .xls). Open it in Excel or LibreOffice, save it as .xlsx and upload that.",
    ),
    "table_broken": Text(
        "Tệp Excel bị hỏng hoặc có mật khẩu, không đọc được. Hãy mở tệp, lưu lại thành .xlsx không mật khẩu rồi tải lên.",
        "The Excel file is damaged or has a password. Open it, save it as .xlsx without a password, and upload it again.",
    ),
    "table_too_large": Text(
        "Dữ liệu trong tệp Excel vượt {limit_mb} MB. Hãy chỉ giữ trang tính cần nhập, xóa ảnh, rồi lưu lại thành .xlsx.",
        "The data in the Excel file exceed {limit_mb} MB. Keep only the sheet to be imported, delete pictures, and save it as .xlsx.",
    ),
    "table_quote_open": Text(
        "Dấu ngoặc kép mở ở hàng {row} không được đóng. Hãy sửa hàng đó, hoặc lưu bảng thành .xlsx rồi tải lên.",
        "A quotation mark opened in row {row} is never closed. Mend that row, or save the table as .xlsx and upload that.",
    ),
    "table_empty": Text(
        "Bảng không có hàng nào. Hãy điền ít nhất hàng tiêu đề và một hàng dữ liệu vào trang tính đầu tiên.",
        "The table has no rows. Fill in at least the head row and one row of data on the first sheet.",
    ),
    "table_too_long": Text(
        "Bảng có hơn {limit} hàng. Hãy xóa các hàng trống ở cuối hoặc chia thành nhiều tệp.",
        "The table has more than {limit} rows. Delete the blank rows at its end or split it into several files.",
    ),
    "table_too_wide": Text(
        "Hàng {row} có hơn {limit} cột. Hãy xóa các cột thừa rồi tải lên lại.",
        "Row {row} has more than {limit} columns. Delete the columns that are not needed and upload it again.",
    ),
    "cell_too_long": Text(
        "Một ô ở hàng {row} dài quá {limit} ký tự. Hãy rút gọn ô đó rồi tải lên lại.",
        "A cell in row {row} is longer than {limit} characters. Shorten it and upload the file again.",
    ),
    # -- archives: zip
    "not_a_zip": Text(
        "Tệp này không phải tệp nén ZIP (RAR và 7z không đọc được). Hãy nén thư mục thành .zip rồi tải lên.",
        "This file is not a ZIP archive (RAR and 7z are not read). Compress the folder as .zip and upload that.",
    ),
    "zip_broken": Text(
        "Tệp ZIP bị hỏng hoặc tải về chưa đủ. Hãy nén lại thư mục rồi tải lên.",
        "The ZIP archive is damaged or cut short. Compress the folder again and upload it.",
    ),
    "zip_too_many_files": Text(
        "Tệp ZIP có hơn {limit} tệp. Hãy chỉ nén thư mục của một cuộc họp.",
        "The ZIP archive has more than {limit} files. Compress the folder of one meeting only.",
    ),
    "zip_too_large": Text(
        "Sau khi giải nén, dữ liệu vượt giới hạn {limit_mb} MB. Hãy bỏ bớt tệp hoặc tải tài liệu lớn lên riêng.",
        "Unpacked, the archive has more than {limit_mb} MB. Leave files out, or upload the large papers one by one.",
    ),
    "zip_bomb": Text(
        "Tệp nén bất thường (giải nén lớn gấp hơn {limit} lần) nên không được nhận. Hãy lưu hoặc nén lại từ bản gốc rồi tải lên.",
        "The file is packed abnormally (it grows more than {limit} times) and was not taken. "
        "Save or compress the original again and upload it.",
    ),
    "zip_encrypted": Text(
        "Tệp «{name}» trong ZIP có mật khẩu. Hãy nén lại không đặt mật khẩu rồi tải lên.",
        "The file “{name}” in the ZIP archive has a password. Compress the folder without a password and upload it again.",
    ),
    "zip_unsafe_name": Text(
        "Tên «{name}» trong ZIP không an toàn (chỉ ra ngoài thư mục hoặc có ký tự cấm). Hãy đổi tên tệp rồi nén lại thư mục.",
        "The name “{name}” in the ZIP archive is not safe (it points outside of the folder or has a forbidden character). "
        "Rename the file and compress the folder again.",
    ),
    "zip_not_a_file": Text(
        "Mục «{name}» trong ZIP là liên kết hoặc tệp đặc biệt. Hãy thay bằng tệp thật rồi nén lại thư mục.",
        "The entry “{name}” in the ZIP archive is a link or a special file. Replace it with the file itself and compress the folder again.",
    ),
    "zip_name_twice": Text(
        "ZIP có hai mục cùng tên «{name}» (không phân biệt chữ hoa, chữ thường). Hãy đổi tên một mục rồi nén lại thư mục.",
        "The ZIP archive has two entries named “{name}” (capitals make no difference). Rename one and compress the folder again.",
    ),
    # -- papers written as Markdown
    "markdown_head_missing": Text(
        "Tệp Markdown phải mở đầu bằng phần khai báo giữa hai dòng «---», ít nhất có kind: (tên loại văn bản).",
        "The Markdown file must begin with a head between two lines “---” that gives at least kind: (the kind of document).",
    ),
    "markdown_head_broken": Text(
        "Phần khai báo, dòng {line}: {detail}. Hãy sửa dòng đó theo mẫu tên: giá trị.",
        "In the head, line {line}: {detail}. Mend that line: name: value.",
    ),
    "markdown_head_unknown": Text(
        "Phần khai báo có mục lạ «{name}». Các mục dùng được: {known}.",
        "The head has an unknown entry “{name}”. The entries are: {known}.",
    ),
    "markdown_head_value": Text(
        "Mục «{name}» trong phần khai báo không hợp lệ: {value}. Cần {wanted}.",
        "The entry “{name}” in the head is not valid: {value}. It has to be {wanted}.",
    ),
}

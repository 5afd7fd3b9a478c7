/** Words of the desk: the agenda editor and uploads. */
export const DESK_WORDS = {
  desk_not_moved: [
    "Chưa chuyển được vì mất kết nối; chương trình trên máy chủ giữ nguyên. Hãy thử lại.",
    "It could not be moved, the connection is gone; the agenda on the server is unchanged. Try again.",
  ],
  desk_sending: ["Đang gửi {names}", "Sending {names}"],
  desk_sent_part: ["Đã gửi {percent}%", "{percent}% sent"],
  desk_checking: ["Đã gửi xong, máy chủ đang kiểm tra tệp", "All sent; the server is looking at the files"],
  desk_not_sent: [
    "Chưa gửi được vì mất kết nối. Tệp vẫn được chọn; hãy bấm gửi lại.",
    "It could not be sent, the connection is gone. The files are still chosen; send them again.",
  ],
  desk_drop_here: ["Thả để gắn vào nội dung này", "Drop to attach to this item"],
}

// What is wrong with a form, or what somebody else changed, is read first: the focus goes there when the page opens.
document.getElementById("error-summary")?.focus()

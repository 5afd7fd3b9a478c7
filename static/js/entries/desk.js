// The desk: what dragging, keys and uploads add to its plain forms.
import "../agenda-editor.js"
import "../day-field.js"
import "../open-menus.js"
import "../paper-upload.js"

// The screen in the room.
import "../screen-app.js"

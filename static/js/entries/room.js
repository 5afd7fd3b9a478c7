// The room of a meeting, for delegates and for whoever presides.
import "../room-app.js"

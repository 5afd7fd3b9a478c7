// Office pages: plain forms do the work; this asks before what cannot be undone, guards typing and shows what is under way.
import "../confirm-submit.js"
import "../unsaved-typing.js"
import "../sending.js"
import "../error-summary.js"

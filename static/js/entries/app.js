// Office pages: plain forms do the work; this adds a question before what cannot be undone, and guards typing.
import "../confirm-submit.js"
import "../unsaved-typing.js"

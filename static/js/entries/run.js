// The secretariat's live page.
import "../run-app.js"

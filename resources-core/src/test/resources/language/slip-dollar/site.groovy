file("/x") { content "costs $5" }

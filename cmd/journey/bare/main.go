// Command bare opens an empty window: the least that any program with this toolkit takes to start.
// The start benchmark holds Anteroom against it.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func main() {
	w := app.NewWithID("org.anteroom.Bare").NewWindow("Bare")
	w.SetContent(container.NewCenter(widget.NewLabel("A bare window")))
	w.Resize(fyne.NewSize(1024, 700))
	w.ShowAndRun()
}

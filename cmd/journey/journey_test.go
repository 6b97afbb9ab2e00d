//go:build journey

package journey

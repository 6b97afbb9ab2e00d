package keyring

import (
	"context"
	"sync"
)

// Memory is a keyring that forgets everything when the program ends.
type Memory struct {
	mu    sync.Mutex
	items map[string]string
}

// Get is Keyring.Get.
func (m *Memory) Get(_ context.Context, name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if value, ok := m.items[name]; ok {
		return value, nil
	}
	return "", ErrNotFound
}

// Set is Keyring.Set.
func (m *Memory) Set(_ context.Context, name, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.items == nil {
		m.items = map[string]string{}
	}
	m.items[name] = value
	return nil
}

// Delete is Keyring.Delete.
func (m *Memory) Delete(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.items, name)
	return nil
}

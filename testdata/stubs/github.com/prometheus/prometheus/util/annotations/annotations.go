package annotations

type Annotations map[string]error

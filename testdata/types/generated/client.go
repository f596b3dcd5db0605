package generated

import "goleaklint.example/types/generated/only"

func call(s only.Service) []string {
	reply, err := s.Serve(&only.Request{Name: "x"})
	if err != nil {
		return nil
	}
	return reply.Names[1:]
}

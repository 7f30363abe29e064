import { z } from "zod";

// The content security policy forbids code made from strings, which zod would otherwise use for speed.
z.config({ jitless: true });

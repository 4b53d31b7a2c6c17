"""What a check author imports (`kit`), the catalogue, the runner, profiles, waivers and the gate."""

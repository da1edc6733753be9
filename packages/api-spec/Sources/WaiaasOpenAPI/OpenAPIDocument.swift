import WaiaasAPI

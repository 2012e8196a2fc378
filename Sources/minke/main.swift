print("minke")

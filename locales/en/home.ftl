home-title = Work and pay with confidence

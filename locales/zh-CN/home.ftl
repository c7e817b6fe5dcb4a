home-title = 放心接单，放心付款

//! People of a test market.

use accounts::people::{NewPerson, create};
use kernel::{Actor, Locale, StaffRole};

use crate::Market;

impl Market {
    /// Somebody who joins, reads Chinese and looks for work to be done.
    pub fn client(&self, name: &str) -> Actor {
        self.person(name, Locale::ZhCn, None)
    }

    /// Somebody who joins, reads Chinese and does work.
    pub fn provider(&self, name: &str) -> Actor {
        self.person(name, Locale::ZhCn, None)
    }

    /// One of the operator's staff.
    pub fn operator(&self) -> Actor {
        self.person("运营", Locale::ZhCn, Some(StaffRole::Operator))
    }

    /// The one of the operator's staff who is always there.
    pub fn staff(&self) -> Actor {
        let staff = self.operator.get().unwrap_or_else(|| self.operator());
        self.operator.set(Some(staff));
        staff
    }

    /// Anybody. Two people may have one name.
    pub fn person(&self, name: &str, locale: Locale, staff: Option<StaffRole>) -> Actor {
        self.people.set(self.people.get() + 1);
        let mut new = NewPerson::named(name, &format!("person{}@example.com", self.people.get()), locale);
        new.staff = staff;
        let account = self.write(move |tx| create(tx, &new)).expect("a person joins");
        Actor::Person { account, staff, locale }
    }
}

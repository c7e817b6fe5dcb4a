//! The bounded line in front of the database threads. Full means busy, said at once, rather than an endless wait.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::work::Work;

struct Line {
    waiting: VecDeque<Box<dyn Work>>,
    open: bool,
}

pub(crate) struct Queue {
    line: Mutex<Line>,
    arrived: Condvar,
    capacity: usize,
}

impl Queue {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            line: Mutex::new(Line {
                waiting: VecDeque::new(),
                open: true,
            }),
            arrived: Condvar::new(),
            capacity,
        }
    }

    /// Puts work in line; gives it back when the line is full or closed.
    pub(crate) fn push(&self, work: Box<dyn Work>) -> Result<(), Box<dyn Work>> {
        let mut line = self.lock();
        if !line.open || line.waiting.len() >= self.capacity {
            return Err(work);
        }
        line.waiting.push_back(work);
        self.arrived.notify_one();
        Ok(())
    }

    /// Takes up to `most` pieces of work, waiting for the first. Nothing when the line is closed and empty.
    pub(crate) fn take(&self, most: usize) -> Option<Vec<Box<dyn Work>>> {
        let mut line = self.lock();
        while line.waiting.is_empty() {
            if !line.open {
                return None;
            }
            line = self.arrived.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        let count = line.waiting.len().min(most);
        Some(line.waiting.drain(..count).collect())
    }

    /// Lets what waits finish and takes nothing more.
    pub(crate) fn close(&self) {
        self.lock().open = false;
        self.arrived.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Line> {
        // No code that can panic runs under this lock.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

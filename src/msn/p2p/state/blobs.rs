//! Blobs: the units that clients send, reassembled from packets.
//!
//! Only received bytes take memory; sizes in headers only determine when a blob is
//! complete. Source: docs/protocol/msnp.md §5.7 (offset and total), §5.8 (package number
//! and remaining bytes).

#[cfg(test)]
mod tests;

use crate::hash_map::HashMap;

use crate::msn::p2p::state::blob::Blob;
use crate::msn::p2p::state::chunk::{BlobName, Chunk, ChunkOutcome};
use crate::msn::p2p::state::route::{AccountId, AccountPair, Circuit};
use crate::msn::p2p::state::session_numbers::P2pSessionId;
use crate::msn::state::flow::Flow;
use crate::pieces::Budget;

/// Id of a blob in [`Blobs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlobId(pub usize);

/// The blobs of one sender on one direction of a connection.
type FlowKey = (Flow, Option<AccountId>, Option<AccountPair>, BlobName);

/// Where the blobs with one name are the same on several connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scope {
    /// A session, which can move to another connection.
    Session(P2pSessionId),
    /// A conversation, which can use several connections to a gateway.
    Circuit(Circuit),
}

/// All blobs of a capture.
#[derive(Debug, Default)]
pub struct Blobs {
    blobs: Vec<Blob>,
    /// The latest blob of a name in a flow.
    by_flow: HashMap<FlowKey, BlobId>,
    /// The latest blob of a name on any connection.
    by_scope: HashMap<(Scope, BlobName), BlobId>,
}

impl Blobs {
    /// The blob with this id.
    pub fn get(&self, id: BlobId) -> Option<&Blob> {
        self.blobs.get(id.0)
    }

    /// Adds a chunk. To be called in order, in the first pass only.
    pub fn add(&mut self, chunk: &Chunk<'_>, budget: &Budget) -> (ChunkOutcome, Option<BlobId>) {
        let Chunk { route, name, .. } = *chunk;
        if let (0, true) = (name.session, chunk.is_alone()) {
            return (ChunkOutcome::Alone, None);
        }
        if !chunk.fits() {
            return (ChunkOutcome::Orphan, None);
        }
        let key = (route.flow, route.from, route.pair, name);
        let scope = match chunk.session {
            Some(session) => Scope::Session(session),
            None => Scope::Circuit(route.circuit),
        };
        let here = self.by_flow.get(&key).copied();
        let known = here
            .or_else(|| self.moved(scope, chunk))
            .filter(|id| self.get(*id).is_some_and(|blob| blob.continues_with(chunk)));
        let id = known.unwrap_or_else(|| {
            self.blobs.push(Blob::new(chunk));
            BlobId(self.blobs.len() - 1)
        });
        self.by_flow.insert(key, id);
        self.by_scope.insert((scope, name), id);
        let outcome = self.blobs.get_mut(id.0).map(|blob| blob.add(chunk, budget));
        (outcome.unwrap_or(ChunkOutcome::Orphan), Some(id))
    }

    /// The blob on another connection to which a chunk belongs. In one conversation, the
    /// sender's packets to the server and the server's to the receiver are two blobs, so
    /// the chunk must be the next one there.
    fn moved(&self, scope: Scope, chunk: &Chunk<'_>) -> Option<BlobId> {
        let id = *self.by_scope.get(&(scope, chunk.name))?;
        let blob = self.get(id)?;
        let is_same_sender = match (blob.route.from, chunk.route.from) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        let is_elsewhere = blob.route.circuit != chunk.route.circuit;
        let fits = is_elsewhere || (!blob.complete && blob.is_next(chunk));
        (is_same_sender && fits).then_some(id)
    }
}

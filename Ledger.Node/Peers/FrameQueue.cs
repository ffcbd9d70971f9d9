namespace Ledger.Node.Peers;

/// <summary>In which queue a frame waits for a peer. Earlier kinds go first.</summary>
public enum FrameQueue
{
    /// <summary>Consensus messages, questions, fresh reads: small, and many.</summary>
    Urgent = 1,

    /// <summary>Blocks and bodies that the peer asked for: large, so that only few wait.</summary>
    Answer = 2,

    /// <summary>Gossip.</summary>
    Bulk = 3,
}

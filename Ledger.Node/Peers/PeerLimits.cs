namespace Ledger.Node.Peers;

/// <summary>Limits between peers, each with its reason.</summary>
public static class PeerLimits
{
    /// <summary>A frame of catch-up holds blocks of at most 4 MiB of bodies and what surrounds them.</summary>
    public const int FrameBytesMax = 6 * 1024 * 1024;

    /// <summary>A greeting or a question of one message; streams of frames have their own limit.</summary>
    public const int RequestBytesMax = 4 * 1024;

    /// <summary>
    /// Bytes of greetings and questions from one address that have not arrived whole: 32 callers with 8 of the largest.
    /// </summary>
    public const int StrangersBytesMax = 32 * 8 * RequestBytesMax;

    /// <summary>
    /// Blocks in an answer to a lagging node stop at this size, so that a frame stays below its limit.
    /// </summary>
    public const int BlocksBytesMax = 4 * 1024 * 1024;

    /// <summary>Blocks in one answer.</summary>
    public const int BlocksMax = (int)Ledger.Consensus.IPeers.PortionBlocks;

    /// <summary>
    /// Consensus messages that wait for a slow peer; older ones are dropped, and sent again by rule C-11.
    /// </summary>
    public const int UrgentFramesMax = 1024;

    /// <summary>
    /// Bytes of consensus messages that wait for a slow peer: four of the largest, and more of everything else than a
    /// height needs.
    /// </summary>
    public const int UrgentBytesMax = 4 * Ledger.Consensus.SignedEnvelope.BytesMax;

    /// <summary>Answers that wait for a peer; one that asks for more without reading is not answered.</summary>
    public const int AnswerFramesMax = 2;

    /// <summary>
    /// Gossip that waits for a slow peer, 1 MiB each; what is dropped is gossiped again while it is pending.
    /// </summary>
    public const int BulkFramesMax = 32;

    /// <summary>
    /// Members without a seat whose nodes a validator keeps a link to: each costs a connection and a status a second.
    /// </summary>
    public const int FollowersMax = 256;

    /// <summary>
    /// Portions of blocks that are read for followers at a time: however many catch up, agreement keeps the machine.
    /// </summary>
    public const int FollowerAnswersMax = 2;

    /// <summary>Longer bodies of consensus messages are no statuses, and are not read to find that out.</summary>
    public const int StatusBytesMax = 128;

    /// <summary>Transactions of one gossip frame.</summary>
    public const int GossipTransactionsMax = 256;

    /// <summary>Gossip frames stay below this size.</summary>
    public const int GossipBytesMax = 1024 * 1024;

    /// <summary>Bodies that one request may ask for: a whole block's.</summary>
    public const int BodiesMax = 4096;

    /// <summary>A peer that does not finish its greeting in this time is left.</summary>
    public static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A follower that has not been reached for this time is left; when it runs again it calls by itself.
    /// </summary>
    public static readonly TimeSpan FollowerPatience = TimeSpan.FromMinutes(1);

    /// <summary>How often a connected peer is asked for its time: clocks drift slowly.</summary>
    public static readonly TimeSpan ClockInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The first pause before a lost peer is called again; it doubles up to <see cref="ReconnectMax"/>.
    /// </summary>
    public static readonly TimeSpan ReconnectFirst = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause before a lost peer is called again.</summary>
    public static readonly TimeSpan ReconnectMax = TimeSpan.FromSeconds(2);
}

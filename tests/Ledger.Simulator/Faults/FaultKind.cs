namespace Ledger.Simulator.Faults;

/// <summary>
/// All that can go wrong in a run. Reports count by these, and tell which two were never met in one run.
/// </summary>
public enum FaultKind
{
    /// <summary>Messages are lost, up to 30 %.</summary>
    Loss = 0,

    /// <summary>Messages of any earlier time come again, up to 50 %.</summary>
    Replay,

    /// <summary>Messages overtake each other.</summary>
    Reorder,

    /// <summary>Messages come twice.</summary>
    Duplicate,

    /// <summary>Some messages take seconds.</summary>
    SlowMessages,

    /// <summary>Two sides do not reach each other.</summary>
    SymmetricPartition,

    /// <summary>One side does not reach the other, but hears it.</summary>
    AsymmetricPartition,

    /// <summary>One link is cut in one direction.</summary>
    OneWayCut,

    /// <summary>Two sides reach each other through one node alone.</summary>
    BridgeNode,

    /// <summary>One node is cut off.</summary>
    Isolation,

    /// <summary>A process stands still, and its messages wait.</summary>
    Pause,

    /// <summary>A process dies at a named point.</summary>
    Crash,

    /// <summary>All processes die at once.</summary>
    PowerFailure,

    /// <summary>All clocks are off by up to 3 s.</summary>
    ClockSkew,

    /// <summary>A clock is off by an hour; the node counts into f.</summary>
    WrongClock,

    /// <summary>A clock jumps.</summary>
    ClockJump,

    /// <summary>A crash loses writes that were not synced.</summary>
    LostWrite,

    /// <summary>A crash leaves a part of a batch.</summary>
    TornWrite,

    /// <summary>A write lands in the wrong place.</summary>
    MisdirectedWrite,

    /// <summary>A bit of a block turns at rest.</summary>
    BitRot,

    /// <summary>The newest blocks of a disk are damaged and cut away; what was signed stays.</summary>
    ChainCut,

    /// <summary>A sync fails, and the process dies of it.</summary>
    FailedSync,

    /// <summary>The vote state or what is in flight rots; the node counts into f.</summary>
    VoteStateRot,

    /// <summary>A disk is formatted and the node goes on with the same key; it counts into f.</summary>
    WipedDisk,

    /// <summary>An old copy of a disk is put back; the node counts into f.</summary>
    OldDisk,

    /// <summary>A node starts late, from a snapshot.</summary>
    LateJoin,

    /// <summary>A validator comes in.</summary>
    MemberAdded,

    /// <summary>A validator goes.</summary>
    MemberRemoved,

    /// <summary>The leader goes.</summary>
    LeaderRemoved,

    /// <summary>A seat goes to another.</summary>
    MemberSwapped,

    /// <summary>A validator changes its key.</summary>
    KeyRotated,

    /// <summary>Adversary: says nothing.</summary>
    Silent,

    /// <summary>Adversary: two replicas with one key.</summary>
    Twins,

    /// <summary>Adversary: votes for all.</summary>
    VotesForAll,

    /// <summary>Adversary: talks in old views.</summary>
    StaleView,

    /// <summary>Adversary: replays.</summary>
    Replayer,

    /// <summary>Adversary: lies about heights and views.</summary>
    LyingStatus,

    /// <summary>Adversary: forges certificates.</summary>
    CertificateForger,

    /// <summary>Adversary: mutates messages.</summary>
    MessageMutator,

    /// <summary>Adversary: censors as a leader.</summary>
    CensoringLeader,

    /// <summary>Adversary: is slow as a leader.</summary>
    SlowLeader,

    /// <summary>Adversary: proposes two blocks.</summary>
    EquivocatingLeader,

    /// <summary>Adversary: passes over what was prepared.</summary>
    FaithlessLeader,
}

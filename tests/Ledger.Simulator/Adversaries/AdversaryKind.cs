namespace Ledger.Simulator.Adversaries;

/// <summary>How an identity that does not follow the protocol behaves. All of them count towards f.</summary>
public enum AdversaryKind
{
    /// <summary>It does follow it.</summary>
    None = 0,

    /// <summary>Never says anything.</summary>
    Silent,

    /// <summary>Two whole replicas with one key, each of which talks to some of the others.</summary>
    Twins,

    /// <summary>Votes at once for whatever it sees, and leaves views with an empty view change.</summary>
    VotesForAll,

    /// <summary>Says everything in views that are over.</summary>
    StaleView,

    /// <summary>Says again, all the time, what anybody ever said.</summary>
    Replayer,

    /// <summary>Claims heights, heads and views that do not exist, and sends blocks that nobody asked for.</summary>
    LyingStatus,

    /// <summary>Answers with forged certificates, in catching up, snapshots and view changes.</summary>
    CertificateForger,

    /// <summary>Changes one thing in each message and signs it again.</summary>
    MessageMutator,

    /// <summary>As a leader leaves out the transactions of one client.</summary>
    CensoringLeader,

    /// <summary>As a leader builds when the time-out of the others is nearly over.</summary>
    SlowLeader,

    /// <summary>As a leader proposes two blocks, one to each half of the others.</summary>
    EquivocatingLeader,

    /// <summary>As the leader of a new view passes over what was prepared.</summary>
    FaithlessLeader,
}

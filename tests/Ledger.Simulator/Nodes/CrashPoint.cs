namespace Ledger.Simulator.Nodes;

/// <summary>Where a process can die. Every port call of the kernel is between two of these.</summary>
public enum CrashPoint
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>Between two inputs, at a tick.</summary>
    AtTick,

    /// <summary>When a message has come and nothing was done about it yet.</summary>
    AtArrival,

    /// <summary>Before a synced batch is handed to the disk.</summary>
    BeforePersist,

    /// <summary>While the disk writes a synced batch.</summary>
    DuringPersist,

    /// <summary>When a synced batch is durable and nothing of it was sent.</summary>
    BetweenPersistAndSend,

    /// <summary>When a batch was written that nobody waited for.</summary>
    AfterUnsyncedPersist,

    /// <summary>Before a message leaves.</summary>
    BeforeSend,

    /// <summary>When the first of several messages has left.</summary>
    BetweenSends,

    /// <summary>Before a decided block is handed to the disk.</summary>
    BeforeCommit,

    /// <summary>While the disk writes a decided block.</summary>
    DuringCommit,

    /// <summary>When a decided block is durable and the replica has not gone on.</summary>
    AfterCommit,

    /// <summary>Before a block is built.</summary>
    BeforeBuild,

    /// <summary>When a block was built and the replica does not know it.</summary>
    AfterBuild,

    /// <summary>Before a block is executed.</summary>
    BeforeExecute,

    /// <summary>When a block was executed and the replica does not know it.</summary>
    AfterExecute,

    /// <summary>Before blocks are asked for.</summary>
    BeforeBlockRequest,

    /// <summary>When a decided block of another has come.</summary>
    AtBlockAnswer,

    /// <summary>Before evidence is stored.</summary>
    BeforeEvidence,

    /// <summary>At the start, before anything was read.</summary>
    AtStart,

    /// <summary>At the start, when the log was replayed and the replica has not begun.</summary>
    AfterReplay,

    /// <summary>When the replica has begun and has taken no input.</summary>
    AfterStart,

    /// <summary>While damaged blocks are fetched again.</summary>
    DuringRepair,

    /// <summary>While a snapshot is installed.</summary>
    DuringSnapshot,
}

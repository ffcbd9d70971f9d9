namespace Ledger.Node.Storage;

/// <summary>How much room the data folder's file system has.</summary>
public enum DiskLevel
{
    /// <summary>Enough.</summary>
    Enough = 1,

    /// <summary>Little: the operator should act.</summary>
    Alarm = 2,

    /// <summary>Too little to take transactions in; the node still votes.</summary>
    Refusing = 3,

    /// <summary>Too little to promise anything: the node stops.</summary>
    Stopping = 4,
}

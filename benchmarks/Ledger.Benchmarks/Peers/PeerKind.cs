namespace Ledger.Benchmarks.Peers;

/// <summary>Systems that can run beside the ledger.</summary>
public enum PeerKind
{
    /// <summary>etcd, three members.</summary>
    Etcd,

    /// <summary>PostgreSQL, one server.</summary>
    Postgresql,
}

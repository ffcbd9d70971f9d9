namespace Ledger.Benchmarks.Scale;

/// <summary>What grows.</summary>
public enum ScaleKind
{
    /// <summary>Validators.</summary>
    Validators,

    /// <summary>Records on the ledger.</summary>
    Records,

    /// <summary>Blocks of the chain.</summary>
    Blocks,
}

namespace Ledger.Node.Records;

/// <summary>Tells nobody: of stores that are new, or small.</summary>
internal sealed class UntoldProgress : IProgress<SealingProgress>
{
    /// <inheritdoc/>
    public void Report(SealingProgress value)
    {
    }
}

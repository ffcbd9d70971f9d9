namespace NSec.Cryptography.Interop;

/// <summary>Keeps the export policy of one secret: never, once, or always.</summary>
internal sealed class ExportGuard(KeyExportPolicies policy)
{
    private bool _wasExported;

    internal KeyExportPolicies Policy => policy;

    /// <exception cref="InvalidOperationException">The policy allows no export, or no further one.</exception>
    internal void Check()
    {
        if (policy.HasFlag(KeyExportPolicies.AllowPlaintextExport))
        {
            return;
        }

        if (!policy.HasFlag(KeyExportPolicies.AllowPlaintextArchiving))
        {
            throw new InvalidOperationException("The export policy of the secret does not allow its export.");
        }

        if (_wasExported)
        {
            throw new InvalidOperationException("The secret may be exported once only and was exported before.");
        }
    }

    internal void Record() => _wasExported = true;
}

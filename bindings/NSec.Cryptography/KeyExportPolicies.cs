namespace NSec.Cryptography;

/// <summary>Whether a secret may leave its guarded memory.</summary>
[Flags]
public enum KeyExportPolicies
{
    /// <summary>The secret is never exported.</summary>
    None = 0,

    /// <summary>The secret may be exported any number of times.</summary>
    AllowPlaintextExport = 1,

    /// <summary>The secret may be exported once.</summary>
    AllowPlaintextArchiving = 2,
}

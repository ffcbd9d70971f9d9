using System.Runtime.InteropServices;

namespace NSec.Cryptography;

/// <summary>What is decided when a shared secret is made.</summary>
[StructLayout(LayoutKind.Auto)]
public ref struct SharedSecretCreationParameters
{
    /// <summary>Whether the secret may be exported.</summary>
    public KeyExportPolicies ExportPolicy;
}

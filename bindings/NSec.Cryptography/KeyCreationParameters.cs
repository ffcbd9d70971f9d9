using System.Runtime.InteropServices;

namespace NSec.Cryptography;

/// <summary>What is decided when a key is made.</summary>
[StructLayout(LayoutKind.Auto)]
public ref struct KeyCreationParameters
{
    /// <summary>Whether the secret may be exported.</summary>
    public KeyExportPolicies ExportPolicy;
}

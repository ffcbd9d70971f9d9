using System.Runtime.InteropServices;

namespace NSec.Cryptography;

/// <summary>The cost of Argon2.</summary>
[StructLayout(LayoutKind.Auto)]
public struct Argon2Parameters
{
    /// <summary>The number of lanes; libsodium computes one only.</summary>
    public int DegreeOfParallelism;

    /// <summary>The memory in KiB.</summary>
    public long MemorySize;

    /// <summary>The number of passes over the memory.</summary>
    public long NumberOfPasses;
}

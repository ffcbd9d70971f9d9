using System.Security.Cryptography;

namespace Ledger.Workload;

/// <summary>Names a sequence of records by one hash, so that two machines can tell whether theirs are equal.</summary>
public static class PopulationDigest
{
    /// <summary>SHA-256 over the light forms one after another, as 64 lower-case hexadecimal digits.</summary>
    public static string Of(IEnumerable<LearningRecord> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> light = stackalloc byte[LearningRecord.LightBytes];
        foreach (LearningRecord record in records)
        {
            record.WriteLight(light);
            hash.AppendData(light);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

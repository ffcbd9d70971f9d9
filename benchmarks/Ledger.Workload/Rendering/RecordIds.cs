using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ledger.Workload;

/// <summary>Names records with version 5 UUIDs (RFC 9562): equal seed and number give equal ids.</summary>
internal static class RecordIds
{
    /// <summary>Bytes of a UUID.</summary>
    internal const int UuidBytes = 16;

    private const int VersionByte = 6;
    private const int VariantByte = 8;

    /// <summary>
    /// The id of a record. The name space is a UUID made from the population's seed, the name is the record's number in
    /// four big-endian bytes. Version 5 prescribes SHA-1; nothing here relies on its being hard to collide.
    /// </summary>
    internal static Guid Of(ulong populationSeed, int recordNumber)
    {
        Span<byte> input = stackalloc byte[UuidBytes + sizeof(int)];
        BinaryPrimitives.WriteUInt64BigEndian(input, SplitMix64.At(populationSeed, StreamPurpose.RecordIds, 0));
        BinaryPrimitives.WriteUInt64BigEndian(input[8..], SplitMix64.At(populationSeed, StreamPurpose.RecordIds, 1));
        SetVersion(input, version: 4);
        BinaryPrimitives.WriteInt32BigEndian(input[UuidBytes..], recordNumber);
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, digest);
        return ToUuid(digest[..UuidBytes], version: 5);
    }

    /// <summary>Sets version and variant in 16 bytes of network order and gives them as a UUID.</summary>
    internal static Guid ToUuid(Span<byte> bytes, int version)
    {
        SetVersion(bytes, version);
        return new Guid(bytes[..UuidBytes], bigEndian: true);
    }

    private static void SetVersion(Span<byte> bytes, int version)
    {
        bytes[VersionByte] = (byte)((bytes[VersionByte] & 0x0F) | (version << 4));
        bytes[VariantByte] = (byte)((bytes[VariantByte] & 0x3F) | 0x80);
    }
}

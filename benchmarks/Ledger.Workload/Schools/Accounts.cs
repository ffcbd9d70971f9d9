using System.Globalization;

namespace Ledger.Workload;

/// <summary>
/// The pseudonymous account names under which the tools know a student. They follow from the population's seed and do
/// not show the student's index; within a population no two students share one.
/// </summary>
public static class Accounts
{
    /// <summary>The Moodle account name: 16 hexadecimal digits.</summary>
    public static string MoodleName(ulong seed, int studentIndex) =>
        SplitMix64.At(seed, StreamPurpose.AccountNames, (ulong)studentIndex)
            .ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The BookRoll account name: the Moodle name, an at sign, and the consumer GUID of the school.</summary>
    public static string BookRollName(ulong seed, int studentIndex) =>
        $"{MoodleName(seed, studentIndex)}@{ConsumerGuid(seed, Schools.OfStudent(studentIndex).Index):D}";

    /// <summary>The GUID under which a school's Moodle launches BookRoll, in the form of a version 4 UUID.</summary>
    public static Guid ConsumerGuid(ulong seed, int schoolIndex)
    {
        ulong high = SplitMix64.At(seed, StreamPurpose.ConsumerGuids, (ulong)schoolIndex * 2);
        ulong low = SplitMix64.At(seed, StreamPurpose.ConsumerGuids, ((ulong)schoolIndex * 2) + 1);
        Span<byte> bytes = stackalloc byte[RecordIds.UuidBytes];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], low);
        return RecordIds.ToUuid(bytes, version: 4);
    }
}

using System.Text;
using Ledger.Client.Records;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Disclosures;

/// <summary>Whether a disclosure is one by its form, before anything of it is proved.</summary>
public static class DisclosureForm
{
    /// <summary>What is wrong, as a sentence for people; null where nothing is.</summary>
    public static string? FaultOf(DisclosureBody body, Hash256 chainId)
    {
        if (!body.ChainId.Span.SequenceEqual(chainId.ToArray()))
        {
            return "It is of another chain.";
        }

        if (!Address.TryRead(body.Learner.Span, out _) || body.Random.Length != DisclosureLimits.RandomBytes)
        {
            return "It names no learner, or lacks its random bytes.";
        }

        return FaultOfTimes(body) ?? FaultOfTexts(body) ?? FaultOfRanges(body);
    }

    private static string? FaultOfTimes(DisclosureBody body)
    {
        long latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        if (body.SignedUnixMs <= 0 || body.EndsUnixMs > latest || body.EndsUnixMs <= body.SignedUnixMs)
        {
            return "It has no end, or one that is not after the time at which it was signed.";
        }

        return body.EndsUnixMs - body.SignedUnixMs <= (long)DisclosureLimits.LifetimeMax.TotalMilliseconds
            ? null
            : "It ends later than ten years after it was signed.";
    }

    private static string? FaultOfTexts(DisclosureBody body)
    {
        if (Encoding.UTF8.GetByteCount(body.Words) > DisclosureLimits.WordsBytesMax || body.Words.Any(char.IsControl))
        {
            return "Its words are longer than 512 bytes, or hold control characters.";
        }

        return body.Node.Length == 0 || TextForm.IsUri(body.Node)
            ? null
            : "The node that it names is no address.";
    }

    private static string? FaultOfRanges(DisclosureBody body)
    {
        if (body.Ranges.Count is 0 or > DisclosureLimits.RangesMax)
        {
            return "It shows nothing, or of more verbs and writers than 64.";
        }

        if (body.Ranges.Sum(static range => range.Records.Count) > DisclosureLimits.RecordsMax)
        {
            return "It shows more than 1,000 records.";
        }

        HashSet<(string Verb, Address Writer)> seen = [];
        foreach (DisclosedRange range in body.Ranges)
        {
            if (!TextForm.IsVerb(range.Verb)
                || !Address.TryRead(range.Writer.Span, out Address writer)
                || !seen.Add((range.Verb, writer)))
            {
                return "It names no verb or no writer, or the two twice.";
            }

            if (range.Records.Any(static record => !IsRecord(record)) || !Rises(range))
            {
                return "A record in it has no place or type, shows nothing or a member twice, or stands in no order.";
            }
        }

        return null;
    }

    /// <summary>Whether a shown record has a place, a type, and slots of which none is shown twice.</summary>
    internal static bool IsRecord(DisclosedRecord record) =>
        record.Leaf is { IsWellFormed: true }
        && record.Proof is not null
        && record.Leaf.Index == record.Proof.Index
        && RecordTypeNames.Find(record.Type) is not null
        && record.Slots.Count > 0
        && record.Slots.Select(static slot => slot.Pointer).Distinct(StringComparer.Ordinal).Count()
            == record.Slots.Count;

    private static bool Rises(DisclosedRange range) => range.Records
        .Zip(range.Records.Skip(1))
        .All(static pair => pair.First.Leaf.Index < pair.Second.Leaf.Index);
}

using System.CommandLine;
using System.Text;
using Ledger.Client.Disclosures;
using Ledger.Client.Records;

namespace Ledger.CommandLine.Hosting;

/// <summary>Which records and members are shown, as options.</summary>
internal sealed class DisclosureOptions
{
    private readonly Option<string[]> ids = new("--record")
    {
        Description = "Only the record of this id; may be repeated.", HelpName = "ID",
    };

    private readonly Option<string[]> show = new("--show")
    {
        Description = "Show this member, such as /object or /result/score; may be repeated.", HelpName = "POINTER",
    };

    private readonly Option<string[]> where = new("--where")
    {
        Description = "Only records with this value, which is shown, such as /result/success=true; may be repeated.",
        HelpName = "POINTER=JSON",
    };

    private readonly Option<bool> whole = new("--whole") { Description = "Show the chosen records with all members." };

    private readonly Option<bool> count = new("--count")
    {
        Description = "Show no record: only how many the ledger counts of each verb and writer.",
    };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All => [ids, show, where, whole, count];

    /// <summary>The choice.</summary>
    public DisclosureChoice Read(Session session)
    {
        string[] named = session.Get(ids) ?? [];
        string[] shown = session.Get(show) ?? [];
        (string Pointer, ReadOnlyMemory<byte> Value)[] conditions =
            [.. (session.Get(where) ?? []).Select(ReadCondition)];
        bool isWhole = session.Get(whole);
        bool isNothing = shown.Length == 0 && conditions.Length == 0 && !isWhole;
        if (session.Get(count))
        {
            return isNothing && named.Length == 0
                ? DisclosureChoice.Counts
                : throw CommandException.WrongUse("--count shows no record: leave the other choices out.");
        }

        if (isNothing)
        {
            throw CommandException.WrongUse(
                "Say what to show: --show POINTER, --where POINTER=JSON, --whole, or --count for the counts alone.");
        }

        return new DisclosureChoice(named.ToHashSet(StringComparer.Ordinal), conditions, shown) { IsWhole = isWhole };
    }

    private static (string Pointer, ReadOnlyMemory<byte> Value) ReadCondition(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            throw CommandException.WrongUse($"{text} is no condition: write /result/success=true.");
        }

        try
        {
            return (text[..equals], CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(text[(equals + 1)..])));
        }
        catch (RecordFormatException)
        {
            throw CommandException.WrongUse($"{text}: what stands after = is no JSON; a text needs quotes, as \"en\".");
        }
    }
}

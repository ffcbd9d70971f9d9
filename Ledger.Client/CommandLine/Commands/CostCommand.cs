using System.CommandLine;
using Ledger.Client.Costs;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>What the use of the ledger costs in money a year, by a tariff of the one who asks.</summary>
internal static class CostCommand
{
    // Shorter than this, a year that is reckoned from it is a guess.
    private const decimal DaysFew = 1;

    private static string[] Columns { get; } =
        ["institution", "bytes", "work units", "for bytes", "for work", "base", "a year", "address"];

    public static Command Create(CommandHost host)
    {
        Argument<string?> who = new("INSTITUTION")
        {
            Description = "Its address or domain, or me; else all institutions, for members.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> tariff = new("--tariff")
        {
            Description = "The prices, a JSON file.", HelpName = "FILE", Required = true,
        };
        Option<decimal?> days = new("--days")
        {
            Description = "How many days of use the totals stand for; else the time since the chain began.",
            HelpName = "DAYS",
        };
        return host.Verb(
            "cost",
            "Turns the bytes and work units of institutions into money a year, by a tariff of yours.",
            "ledger cost --tariff tariff.json",
            [who, tariff, days],
            async (session, cancellation) =>
            {
                string path = session.Required(tariff);
                Tariff prices = Tariff.Parse(await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false));
                (decimal span, long fromUnixMs, long toUnixMs) =
                    await SpanAsync(session, session.Get(days), cancellation).ConfigureAwait(false);
                IReadOnlyList<UsageTotal> totals = await UsageTotals.ListAsync(
                    session, session.Get(who), cancellation).ConfigureAwait(false);
                try
                {
                    return Describe(prices, totals, span)
                        .Field("from", Times.Show(fromUnixMs))
                        .Field("to", Times.Show(toUnixMs));
                }
                catch (OverflowException problem)
                {
                    throw CommandException.WrongUse($"The prices of {path} are beyond all measure.", problem);
                }
            });
    }

    // The time between the chain's beginning and its newest block, unless the user knows better.
    private static async Task<(decimal Days, long FromUnixMs, long ToUnixMs)> SpanAsync(
        Session session, decimal? days, CancellationToken cancellation)
    {
        Genesis genesis = Genesis.Parser.ParseFrom(
            await session.OpenClient.GetGenesisAsync(cancellation).ConfigureAwait(false));
        NodeStatus status = await session.OpenClient.GetStatusAsync(cancellation).ConfigureAwait(false);
        decimal span = days
            ?? (status.HeadTimeUnixMs - genesis.TimeUnixMs) / (decimal)BlockDay.LengthMs;
        return span > 0
            ? (span, genesis.TimeUnixMs, status.HeadTimeUnixMs)
            : throw CommandException.WrongUse(
                "No time has passed on the ledger yet. Say how many days the totals stand for: --days DAYS, above 0.");
    }

    private static Answer Describe(Tariff tariff, IReadOnlyList<UsageTotal> totals, decimal days)
    {
        (UsageTotal Of, YearlyCost Cost)[] costs =
            [.. totals.Select(one => (one, tariff.Of(one.Usage, days, one.IsInstitution)))];
        Answer answer = new Answer()
            .Field("currency", tariff.Currency)
            .Field("days", Math.Round(days, 3))
            .Field("copies", tariff.Copies)
            .Field("a year", Money(costs.Sum(static one => one.Cost.Total)))
            .Table("costs", Columns, costs.Select(static one => new object?[]
            {
                one.Of.Name,
                one.Of.Usage.Bytes,
                one.Of.Usage.WorkUnits,
                Money(one.Cost.Bytes),
                Money(one.Cost.Work),
                Money(one.Cost.Base),
                Money(one.Cost.Total),
                one.Of.Address?.ToString(),
            }));
        return days < DaysFew
            ? answer.Note("The totals are of less than a day: name the days of use that they stand for with --days.")
            : answer;
    }

    private static decimal Money(decimal amount) => Math.Round(amount, 2, MidpointRounding.ToEven);
}

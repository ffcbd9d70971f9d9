using System.CommandLine;
using System.Globalization;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>What an institution has asked of the ledger, and how much the members allow it.</summary>
internal static class UsageCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> who = Parties.InstitutionOrMe();
        return host.Verb(
            "usage",
            "Shows the bytes and work units of an institution's operations, and its quota a day (UTC).",
            "ledger institution usage kyoto-u.example",
            [who],
            async (session, cancellation) =>
            {
                Address address = await Parties.ReadInstitutionAsync(session, session.Required(who), cancellation)
                    .ConfigureAwait(false);
                Usage usage = await session.Client.FindAsync(
                    StateKeys.Usage(address), Usage.Parser, cancellation).ConfigureAwait(false) ?? new Usage();
                Quota quota = await session.Client.FindAsync(
                    StateKeys.Quota(address), Quota.Parser, cancellation).ConfigureAwait(false) ?? new Quota();
                NodeStatus status = await session.OpenClient.GetStatusAsync(cancellation).ConfigureAwait(false);
                return Describe(address, usage, quota, status.HeadTimeUnixMs);
            });
    }

    private static Answer Describe(Address address, Usage usage, Quota quota, long headUnixMs)
    {
        Answer answer = new Answer()
            .Field("institution", address.ToString())
            .Field("operations", usage.Operations)
            .Field("refused", usage.Refused)
            .Field("bytes", usage.Bytes)
            .Field("work units", usage.WorkUnits)
            .Field("last day", usage.Operations == 0 ? null : DayName(usage.Day))
            .Field("work units of that day", usage.DayWorkUnits)
            .Field("quota a day", quota.DayWorkUnits == 0 ? null : quota.DayWorkUnits);
        if (quota.DayWorkUnits == 0)
        {
            return answer.Note("The members have set no quota.");
        }

        ulong made = BlockDay.Of(Math.Max(0, headUnixMs)) == usage.Day ? usage.DayWorkUnits : 0;
        return answer
            .Field("left today", made >= quota.DayWorkUnits ? 0 : quota.DayWorkUnits - made)
            .Field("quota since height", quota.SinceHeight);
    }

    private static string DayName(ulong day)
    {
        // A node may say any number; a day that no calendar holds is none.
        DateOnly first = DateOnly.FromDateTime(DateTime.UnixEpoch);
        return day > (ulong)(DateOnly.MaxValue.DayNumber - first.DayNumber)
            ? "-"
            : first.AddDays((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}

using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Commands;

/// <summary>Copies of other institutions' granted records at the own node.</summary>
internal static class RecordCopiesCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string?> drop = new("--drop")
        {
            Description = "Remove all copies of this learner's records.", HelpName = "LEARNER",
        };
        return host.Verb(
            "copies",
            "Lists copies of granted records that your node keeps, and what became of others. The node removes them "
                + "when the right to read them ends.",
            "ledger record copies",
            [drop],
            async (session, cancellation) =>
            {
                Answer answer = new();
                if (session.Get(drop) is { } learner)
                {
                    CopiesDropped dropped = await session.Client.DropCopiesAsync(
                        Parties.Read(session, learner), cancellation).ConfigureAwait(false);
                    answer.Field("dropped", dropped.Records);
                }

                CopyList list = await session.Client.ListCopiesAsync(cancellation).ConfigureAwait(false);
                return answer
                    .Table(
                        "copies",
                        ["learner", "verb", "writer", "records", "grant", "until"],
                        list.Groups.Select(static group => new object?[]
                        {
                            Parties.Show(group.Learner), group.Verb, Parties.Show(group.Writer), group.Records,
                                group.Grant == 0 ? null : group.Grant,
                                group.UntilUnixMs == 0 ? null : Times.Show(group.UntilUnixMs),
                        }))
                    .Table(
                        "journal",
                        ["time", "what", "learner", "verb", "writer", "records"],
                        list.Acts.Select(static act => new object?[]
                        {
                            Times.Show(act.TimeUnixMs), act.What, Parties.Show(act.Learner), act.Verb,
                                Parties.Show(act.Writer), act.Records,
                        }));
            });
    }

    /// <summary>Has the node read at the box, verify, and keep.</summary>
    public static async Task<Answer> KeepAsync(Session session, BoxQuery query, CancellationToken cancellation)
    {
        CopiesToKeep copies = new()
        {
            Learner = ByteString.CopyFrom(query.Learner.ToArray()),
            Box = ByteString.CopyFrom(query.Box.ToArray()),
            Purpose = query.Purpose,
            Filter = query.Filter,
        };
        copies.Verbs.AddRange(query.Verbs);
        copies.Openings.AddRange(query.Openings);
        CopiesKept kept = await session.Client.KeepCopiesAsync(copies, cancellation).ConfigureAwait(false);
        return new Answer()
            .Field("records", kept.Records)
            .Field("new", kept.Added)
            .Note("Your node read and verified them. Your tools read them below /granted/copies/xAPI of your record "
                + "store; the node removes them when the right ends. Caliper events are not kept.");
    }
}

using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Commands;

/// <summary>The holder of a seat says which rules its node's program knows.</summary>
internal static class MemberAnnounceCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<uint?> version = new("VERSION")
        {
            Description = "The version of the rules; else the newest that your node's program knows.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return host.Verb(
            "announce-version",
            "Says up to which version your node's program knows the rules. An upgrade waits until q seats did so.",
            "ledger member announce-version",
            [version],
            async (session, cancellation) =>
            {
                uint known = await KnownAsync(session, cancellation).ConfigureAwait(false);
                uint announced = session.Get(version) ?? known;
                if (announced > known)
                {
                    throw new CommandException(
                        ExitCode.Refused,
                        $"Your node's program knows the rules up to version {known}. Put the newer program in place "
                        + "first: a node that does not know the rules stops.");
                }

                Answer answer = await TransactionSender.SendAsync(
                    session, cancellation, Operations.AnnounceVersion(announced)).ConfigureAwait(false);
                return answer.Field("version", announced);
            });
    }

    // Only one's own node says what one's own program knows.
    private static async Task<uint> KnownAsync(Session session, CancellationToken cancellation)
    {
        NodeStatus status = await session.OpenClient.GetStatusAsync(cancellation).ConfigureAwait(false);
        return status.Institution.Span.SequenceEqual(session.Identity.Address.ToArray())
            ? status.RulesKnown
            : throw CommandException.WrongUse(
                "The profile's node is another institution's: it cannot say which rules your node's program knows.");
    }
}

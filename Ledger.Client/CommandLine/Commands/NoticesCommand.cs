using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Where a learner is told of requests that wait for its answer.</summary>
internal static class NoticesCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> wish = new("WISH")
        {
            Description = "set, erase, or show.", DefaultValueFactory = static _ => "show",
        };
        wish.AcceptOnlyFromAmong("set", "erase", "show");
        Option<string?> webhook = new("--webhook")
        {
            Description = "With set: an address of https that takes a signed POST.", HelpName = "URL",
        };
        Option<string?> mail = new("--mail") { Description = "With set: a mail address.", HelpName = "ADDRESS" };
        Option<string> learner = new("--learner")
        {
            Description = "Who is told.", DefaultValueFactory = static _ => "me", HelpName = "ADDRESS",
        };
        return host.Verb(
            "notices",
            "Says where the node that the profile names, your home node, tells you of requests. Addresses stay at that "
                + "node, sealed, and are never on the ledger.",
            "ledger learner notices set --mail jo@example.org",
            [wish, webhook, mail, learner],
            async (session, cancellation) =>
            {
                Address whose = Parties.Read(session, session.Required(learner));
                string wanted = session.Required(wish);
                (string? hook, string? box) = (session.Get(webhook), session.Get(mail));
                if ((wanted == "set") == (hook is null && box is null))
                {
                    throw CommandException.WrongUse(
                        "Name an address with set, and none otherwise: --webhook URL, --mail ADDRESS, or both.");
                }

                NoticeState state = wanted == "show"
                    ? await session.Client.GetNoticesAsync(whose, cancellation).ConfigureAwait(false)
                    : await session.Client.SetNoticesAsync(whose, hook ?? "", box ?? "", cancellation)
                        .ConfigureAwait(false);
                return new Answer()
                    .Field("learner", whose.ToString())
                    .Field("webhook", state.Webhook.Length == 0 ? null : state.Webhook)
                    .Field("mail", state.Mail.Length == 0 ? null : state.Mail)
                    .Field("set", state.SetUnixMs == 0 ? null : Times.Show(state.SetUnixMs))
                    .Field("undelivered", state.Undelivered);
            });
    }
}

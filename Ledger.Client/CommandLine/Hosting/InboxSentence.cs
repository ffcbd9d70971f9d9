using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Hosting;

/// <summary>Says a request in a sentence, for a person who has to answer it.</summary>
internal static class InboxSentence
{
    /// <summary>Who asks for what, what for, until when there is time, and how to answer.</summary>
    /// <param name="view">The request.</param>
    /// <param name="institutions">The institutions, by whose names the sentence calls them.</param>
    /// <param name="purpose">What it is for, in the requester's words; null where it says nothing.</param>
    public static string Of(RequestView view, IReadOnlyList<InstitutionView> institutions, string? purpose)
    {
        RequestInstance request = view.Request;
        string number = FormattableString.Invariant($"{view.Number}");
        return $"{WhoOf(request.Requester, institutions)} asks to {WhatOf(request.Rights)} your records of "
            + $"{VerbTable.Standard.Format(view.Verb)}"
            + (purpose is null ? ", and does not say what for." : $". What for: {purpose}")
            + (request.Interval is { EndUnixMs: > 0 } interval
                ? $" Answer by {Times.Show(interval.EndUnixMs)}; without an answer nothing is opened."
                : "")
            + $" To answer: --approve {view.Verb}/{number}, or --deny {view.Verb}/{number}.";
    }

    private static string WhoOf(ByteString requester, IReadOnlyList<InstitutionView> institutions)
    {
        Institution? known = institutions.FirstOrDefault(one => one.Address == requester)?.Institution;
        return known is null ? Parties.Show(requester) ?? "Somebody" : $"{known.Name} ({known.Domain})";
    }

    private static string WhatOf(Rights? rights)
    {
        string[] parts =
        [
            .. new[]
            {
                (rights?.Read, "read"), (rights?.Write, "add to"), (rights?.GrantRead, "let others read"),
                (rights?.GrantWrite, "let others add to"),
            }.Where(static one => one.Item1 == true).Select(static one => one.Item2),
        ];
        return parts.Length == 0 ? "do nothing with" : string.Join(" and ", parts);
    }
}

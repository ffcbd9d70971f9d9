using System.Buffers;
using System.Text.Json;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Notices;

/// <summary>Writes a notice as webhooks get it. Format in <c>docs/notices.md</c>.</summary>
internal static class NoticeJson
{
    /// <summary>The body: the same bytes for the same notice.</summary>
    public static byte[] Of(Notice notice, Hash256 chainId, Address institution)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("id", notice.Id);
            json.WriteString("chain", chainId.ToString());
            json.WriteString("institution", institution.ToString());
            json.WriteString("learner", notice.Learner.ToString());
            json.WriteStartArray("requests");
            foreach (NoticedRequest one in notice.Requests)
            {
                Write(json, one);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, NoticedRequest one)
    {
        RequestInstance request = one.View.Request;
        json.WriteStartObject();
        json.WriteString("verb", one.View.Verb);
        json.WriteNumber("number", one.View.Number);
        json.WriteString("requester", Convert.ToHexStringLower(request.Requester.Span));
        json.WriteString("name", one.Requester);
        json.WriteString("domain", one.Domain);
        json.WriteStartArray("rights");
        foreach ((bool has, string name) in (ReadOnlySpan<(bool, string)>)
            [
                (request.Rights?.Read == true, "read"), (request.Rights?.Write == true, "write"),
                (request.Rights?.GrantRead == true, "grant-read"), (request.Rights?.GrantWrite == true, "grant-write"),
            ])
        {
            if (has)
            {
                json.WriteStringValue(name);
            }
        }

        json.WriteEndArray();
        json.WriteString(
            "answerBy", RecordTimes.Text(DateTimeOffset.FromUnixTimeMilliseconds(request.Interval.EndUnixMs)));
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text;
using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Records;

/// <summary>What an endpoint answers: a status, headers, and a body that is JSON unless it says otherwise.</summary>
internal sealed record XapiAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    private const string Json = "application/json";

    /// <summary>Done, with nothing to tell.</summary>
    public static XapiAnswer NoContent { get; } = new(StatusCodes.Status204NoContent, ReadOnlyMemory<byte>.Empty);

    /// <summary>Seconds after which to send again: a database that was restarted is back by then.</summary>
    private const string AgainAfterSeconds = "5";

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = Json;

    /// <summary>The entity tag with its quotes; null for none.</summary>
    public string? EntityTag { get; init; }

    /// <summary>When what is given was written last; null where that means nothing.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The methods that there are instead, with commas; null where a method is not what is wrong.</summary>
    public string? Allow { get; init; }

    /// <summary>What is sent after the body, a piece at a time; the length is not announced then.</summary>
    public IEnumerable<ReadOnlyMemory<byte>>? Rest { get; init; }

    /// <summary>Done, with JSON.</summary>
    public static XapiAnswer Ok(ReadOnlyMemory<byte> json) => new(StatusCodes.Status200OK, json);

    /// <summary>Done, with a list of ids.</summary>
    public static XapiAnswer Ids(IReadOnlyList<string> ids)
    {
        ArrayBufferWriter<byte> body = new();
        WriteTexts(ids, body);
        return Ok(body.WrittenMemory);
    }

    /// <summary>Writes a list of texts as JSON.</summary>
    public static void WriteTexts(IReadOnlyList<string> texts, IBufferWriter<byte> body)
    {
        body.Write("["u8);
        for (int at = 0; at < texts.Count; at++)
        {
            body.Write(at == 0 ? ""u8 : ","u8);
            CanonicalJson.WriteString(Encoding.UTF8.GetBytes(texts[at]), body);
        }

        body.Write("]"u8);
    }

    /// <summary>A refusal: what is wrong, where, and by which rule.</summary>
    public static XapiAnswer Error(int status, string error, string path, string rule)
    {
        ArrayBufferWriter<byte> body = new();
        body.Write("{\"error\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(error), body);
        body.Write(",\"path\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(path), body);
        body.Write(",\"rule\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(rule), body);
        body.Write("}"u8);
        return new XapiAnswer(status, body.WrittenMemory);
    }

    /// <summary>A record or a parameter that does not keep a rule.</summary>
    public static XapiAnswer Error(RecordFormatException refusal) =>
        Error(StatusCodes.Status400BadRequest, refusal.Message, refusal.Path, refusal.Rule);

    /// <summary>Sends it.</summary>
    public async Task SendAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.StatusCode = Status;
        response.Headers.Allow = Allow;
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = AgainAfterSeconds;
        }

        response.Headers.ETag = EntityTag;
        response.Headers.LastModified = LastModified?.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return;
        }

        response.ContentType = ContentType;
        response.ContentLength = Rest is null ? Body.Length : null;
        await response.BodyWriter.WriteAsync(Body, context.RequestAborted);
        foreach (ReadOnlyMemory<byte> piece in Rest ?? [])
        {
            await response.BodyWriter.WriteAsync(piece, context.RequestAborted);
        }
    }
}

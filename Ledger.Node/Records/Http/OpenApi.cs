using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Records;

/// <summary>The description of the endpoints (OpenAPI 3.1), for whoever asks: it tells nothing of anybody.</summary>
public static class OpenApi
{
    /// <summary>Where it is served.</summary>
    public const string Path = "/openapi.json";

    private const string ResourceName = "record-store.openapi.json";

    /// <summary>The description, as JSON.</summary>
    public static ReadOnlyMemory<byte> Description { get; } = Read();

    /// <summary>Gives it.</summary>
    internal static Task AnswerAsync(HttpContext context) => XapiAnswer.Ok(Description).SendAsync(context);

    private static byte[] Read()
    {
        using Stream resource = typeof(OpenApi).Assembly.GetManifestResourceStream(ResourceName)!;
        byte[] description = new byte[resource.Length];
        resource.ReadExactly(description);
        return description;
    }
}

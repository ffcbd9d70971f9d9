using System.Text.Json.Serialization;

namespace Ledger.Client.Institutions;

/// <summary>Reads and writes testimonials without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TestimonialDocument))]
internal sealed partial class TestimonialJson : JsonSerializerContext
{
}

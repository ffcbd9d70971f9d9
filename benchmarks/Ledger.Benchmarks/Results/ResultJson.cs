using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Ledger.Benchmarks.Results;

/// <summary>How figures are spelt in files: snake_case, enums by name, and records flat that say so.</summary>
public static class ResultJson
{
    private static readonly DefaultJsonTypeInfoResolver Resolver = new() { Modifiers = { Flatten } };

    /// <summary>The spelling.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = Resolver,
    };

    /// <summary>The names of a record's fields, flat ones among them, in their order.</summary>
    public static IReadOnlyList<string> NamesOf(Type record) =>
        [.. Options.GetTypeInfo(record).Properties.Select(static property => property.Name)];

    /// <summary>A value in that spelling; null for null.</summary>
    public static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Options);

    // A flat property gives way to the fields of its value, in its place.
    private static void Flatten(JsonTypeInfo holder)
    {
        if (holder.Kind != JsonTypeInfoKind.Object || !holder.Properties.Any(IsFlat))
        {
            return;
        }

        JsonPropertyInfo[] declared = [.. holder.Properties];
        holder.Properties.Clear();
        foreach (JsonPropertyInfo property in declared)
        {
            foreach (JsonPropertyInfo told in IsFlat(property) ? FieldsOf(property, holder) : [property])
            {
                holder.Properties.Add(told);
            }
        }
    }

    private static bool IsFlat(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(FlatAttribute), inherit: false) == true;

    private static IEnumerable<JsonPropertyInfo> FieldsOf(JsonPropertyInfo flat, JsonTypeInfo holder) =>
        Resolver.GetTypeInfo(flat.PropertyType, holder.Options).Properties.Select(field =>
        {
            JsonPropertyInfo told = holder.CreateJsonPropertyInfo(field.PropertyType, field.Name);
            told.Get = value => field.Get!(flat.Get!(value)!);
            return told;
        });
}

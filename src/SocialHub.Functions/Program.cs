using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SocialHub.Functions;
using SocialHub.Functions.Worker;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<UnexpectedErrors>();
builder.Services.AddHubFunctions(builder.Configuration);
// The worker takes one entry off X-Forwarded-For, whoever wrote it; ClientAddress judges the whole header.
builder.Services.PostConfigure<ForwardedHeadersOptions>(options => options.ForwardedHeaders &= ~ForwardedHeaders.XForwardedFor);
await builder.Build().RunAsync();

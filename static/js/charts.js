// Draws <div data-chart="map|line|bar" data-source="id of a json_script">. Each chart stands
// beside a table with the same figures, so it is a picture for those who see, not the source.
/* global echarts */
const FONT = getComputedStyle(document.body).fontFamily;
const COLOURS = ["#1d5fa8", "#c8102e", "#1b6b43", "#d18b00", "#6b4ba0"];
const TOOLTIP = { renderMode: "richText", confine: true };

/** Dark words on light areas, light words on dark ones. */
function wordsOn(colour) {
  const parts = /^#(..)(..)(..)$/.exec(colour ?? "")?.slice(1).map((part) => parseInt(part, 16));
  if (!parts) return "#1c2733";
  return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] < 140 ? "#fff" : "#1c2733";
}

function areas(places) {
  return places.map((place) => ({
    name: place.name, text: place.text, url: place.url,
    itemStyle: { areaColor: place.colour },
    label: { color: wordsOn(place.colour), formatter: place.label ?? place.name.replace("市", "") },
  }));
}

/** The far islands would shrink the province to a corner: they get a frame of their own. */
function register(outlines) {
  const far = (feature) => feature.properties.adcode === "dongsha";
  echarts.registerMap("guangdong", { ...outlines, features: outlines.features.filter((each) => !far(each)) });
  const islands = outlines.features.filter(far);
  if (islands.length) echarts.registerMap("dongsha", { ...outlines, features: islands });
  return islands.length > 0;
}

const INSET = { right: 8, bottom: 8, width: 74, height: 52 };

function inset(colour) {
  return {
    type: "map", map: "dongsha", right: 26, bottom: 26, width: 40, height: 26, silent: true,
    itemStyle: { areaColor: colour ?? "#9aa7b4", borderColor: "#5b6b7a", borderWidth: 1 },
    label: { show: false }, data: [], tooltip: { show: false },
  };
}

const FRAME = {
  type: "group", right: INSET.right, bottom: INSET.bottom, silent: true,
  children: [
    { type: "rect", shape: { width: INSET.width, height: INSET.height }, style: { fill: "none", stroke: "#b5c2cf" } },
    { type: "text", style: { text: "东沙群岛", x: 14, y: INSET.height - 14, font: `10px ${FONT}`, fill: "#536271" } },
  ],
};

async function map(chart, data) {
  const outlines = await (await fetch(data.outlines)).json();
  const islands = register(outlines);
  chart.setOption({
    textStyle: { fontFamily: FONT },
    tooltip: { ...TOOLTIP, formatter: (item) => item.data?.text ?? item.name },
    graphic: islands ? [FRAME] : [],
    series: [{
      type: "map", map: "guangdong", nameProperty: "name", roam: false, selectedMode: false,
      top: 8, bottom: 8, left: 8, right: 8,
      label: { show: true, fontSize: 10, color: "#1c2733" },
      itemStyle: { borderColor: "#fff", borderWidth: 1, areaColor: "#e6e9ec" },
      emphasis: { label: { show: true, color: "#1c2733" }, itemStyle: { areaColor: "#ffe08a" } },
      labelLayout: { hideOverlap: true },
      data: areas(data.places),
    }, ...(islands ? [inset()] : [])],
  });
  chart.on("click", (item) => { if (item.data?.url) window.location = item.data.url; });
}

function line(chart, data) {
  chart.setOption({
    textStyle: { fontFamily: FONT }, color: COLOURS, tooltip: { ...TOOLTIP, trigger: "axis" },
    legend: { top: 0, itemHeight: 8, textStyle: { fontSize: 11 } },
    grid: { left: 8, right: 16, top: 30, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: data.labels, axisLabel: { fontSize: 10 } },
    yAxis: { type: "value", scale: !data.fromZero, name: data.unit, nameTextStyle: { fontSize: 10 }, axisLabel: { fontSize: 10 } },
    series: data.series.map((each) => ({
      name: each.name, type: "line", data: each.values, step: each.step ? "end" : false, smooth: false,
      symbolSize: 4, lineStyle: { width: 2, type: each.dashed ? "dashed" : "solid" }, connectNulls: false,
    })),
  });
}

function bar(chart, data) {
  chart.setOption({
    textStyle: { fontFamily: FONT }, color: COLOURS, tooltip: { ...TOOLTIP, trigger: "axis" },
    grid: { left: 8, right: 24, top: 8, bottom: 4, containLabel: true },
    xAxis: { type: "value", name: data.unit, axisLabel: { fontSize: 10 } },
    yAxis: { type: "category", inverse: true, data: data.labels, axisLabel: { fontSize: 11 } },
    series: data.series.map((each) => ({ name: each.name, type: "bar", data: each.values, barMaxWidth: 14 })),
  });
}

const DRAW = { map, line, bar };
for (const box of document.querySelectorAll("[data-chart]")) {
  const data = JSON.parse(document.getElementById(box.dataset.source).textContent);
  const chart = echarts.init(box, null, { renderer: "svg" });
  const label = box.getAttribute("aria-label");
  chart.setOption({ aria: { enabled: !label }, animation: false });
  if (label) box.setAttribute("role", "img");
  DRAW[box.dataset.chart](chart, data);
  new ResizeObserver(() => chart.resize()).observe(box);
}
